import { choice, type Dataset, date, money, quantity, required, text, validity } from './dataset.ts'

/** Enterprises (企业法人库), as of a day: a change of legal representative or status is a new row. */
export const enterprise: Dataset = {
  name: 'enterprise',
  title: { zh: '企业法人', en: 'Enterprises' },
  kind: 'register',
  about: { zh: '企业登记信息及法定代表人', en: 'Registered enterprises with their legal representative' },
  key: ['credit_code', 'valid_from'],
  columns: {
    credit_code: text('统一社会信用代码', 'credit code', { ...required, check: 'tax-number' }),
    enterprise_name: text('企业名称', 'name', { ...required, max: 200 }),
    legal_rep_name: text('法定代表人', 'legal representative', { max: 60, personal: true }),
    legal_rep_id: text('法定代表人身份号码', 'legal representative ID', {
      check: 'person-id',
      personal: true,
    }),
    established_on: date('成立日期', 'established on', required),
    enterprise_state: choice(
      '经营状态',
      'state',
      {
        active: ['存续', 'active'],
        cancelled: ['注销', 'cancelled'],
        revoked: ['吊销', 'licence revoked'],
        abnormal: ['经营异常', 'listed as abnormal'],
      },
      required,
    ),
    state_since: date('状态日期', 'state since'),
    industry: text('行业', 'industry'),
    business_scope: text('经营范围', 'business scope', { max: 2000 }),
    region_code: text('行政区划代码', 'region code', { check: 'region' }),
    ...validity,
  },
}

/** Shareholders of enterprises, persons and enterprises. */
export const shareholder: Dataset = {
  name: 'shareholder',
  title: { zh: '股东', en: 'Shareholders' },
  kind: 'register',
  about: { zh: '企业股东（自然人或企业）', en: 'Shareholders of enterprises, persons or enterprises' },
  key: ['credit_code', 'holder_code', 'valid_from'],
  columns: {
    credit_code: text('企业统一社会信用代码', 'enterprise credit code', {
      ...required,
      check: 'tax-number',
    }),
    holder_code: text('股东证件号', 'holder number', {
      ...required,
      check: 'party-code',
      personal: true,
      note: { zh: '公民身份号码或统一社会信用代码', en: 'person ID or credit code' },
    }),
    holder_name: text('股东名称', 'holder', { ...required, max: 200, personal: true }),
    holder_kind: choice(
      '股东类型',
      'holder kind',
      { person: ['自然人', 'person'], enterprise: ['企业', 'enterprise'] },
      required,
    ),
    capital: money('认缴出资额（元）', 'subscribed capital (yuan)'),
    ratio: quantity('持股比例（%）', 'share (%)'),
    ...validity,
  },
}

/** The watch list (监督名单): officials whose money dealings are watched, in the unit they serve. */
export const watchPerson: Dataset = {
  name: 'watch_person',
  title: { zh: '监督名单', en: 'Watch list' },
  kind: 'register',
  about: { zh: '监督名单人员及任职单位', en: 'Officials on the watch list and the unit they serve' },
  key: ['person_id', 'unit_code', 'valid_from'],
  unitColumn: 'unit_code',
  columns: {
    person_id: text('公民身份号码', 'person ID', { ...required, check: 'person-id', personal: true }),
    person_name: text('姓名', 'name', { ...required, max: 60, personal: true }),
    unit_code: text('单位编码', 'unit code', { ...required, max: 32 }),
    post: text('职务', 'post'),
    rank: text('职务层次', 'rank'),
    ...validity,
  },
}

/** Relatives of persons on the watch list. */
export const watchRelative: Dataset = {
  name: 'watch_relative',
  title: { zh: '监督名单亲属', en: 'Relatives of the watch list' },
  kind: 'register',
  about: { zh: '监督名单人员的近亲属', en: 'Close relatives of officials on the watch list' },
  key: ['person_id', 'relative_id', 'valid_from'],
  columns: {
    person_id: text('公民身份号码', 'person ID', { ...required, check: 'person-id', personal: true }),
    relative_id: text('亲属身份号码', 'relative ID', { ...required, check: 'person-id', personal: true }),
    relative_name: text('亲属姓名', 'relative', { ...required, max: 60, personal: true }),
    relation: choice(
      '关系',
      'relation',
      {
        spouse: ['配偶', 'spouse'],
        parent: ['父母', 'parent'],
        child: ['子女', 'child'],
        sibling: ['兄弟姐妹', 'sibling'],
        in_law: ['姻亲', 'in-law'],
      },
      required,
    ),
    ...validity,
  },
}

/** High-consumption venues (高消费场所名单). */
export const venue: Dataset = {
  name: 'venue',
  title: { zh: '高消费场所', en: 'High-consumption venues' },
  kind: 'register',
  about: { zh: '高消费场所名单', en: 'Venues of high consumption' },
  key: ['venue_name', 'valid_from'],
  columns: {
    venue_name: text('场所名称', 'venue', { ...required, max: 200 }),
    credit_code: text('统一社会信用代码', 'credit code', { check: 'tax-number' }),
    venue_kind: text('场所类型', 'kind'),
    region_code: text('行政区划代码', 'region code', { check: 'region' }),
    ...validity,
  },
}

/** Scenic cities (景区城市): an invoice from one of them, outside the unit's own region, is looked at (rule R10). */
export const scenicCity: Dataset = {
  name: 'scenic_city',
  title: { zh: '景区城市', en: 'Scenic cities' },
  kind: 'register',
  about: { zh: '景区城市名单', en: 'Scenic cities' },
  key: ['region_code', 'valid_from'],
  columns: {
    region_code: text('行政区划代码', 'region code', { ...required, check: 'region' }),
    city_name: text('城市名称', 'city', { ...required, max: 100 }),
    ...validity,
  },
}
