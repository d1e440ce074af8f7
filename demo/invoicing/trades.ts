/** One thing that a seller sells: its name on the invoice and the yuan that one invoice line of it comes to. */
export interface Article {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly measure?: string
}

/** What a kind of seller sells and how it is registered. */
export interface Trade {
  readonly kind: string
  /** How the names of such sellers end. */
  readonly suffixes: readonly string[]
  readonly industry: string
  readonly scope: string
  /** The tax authority's short class, or null where invoices carry none. */
  readonly itemClass: string | null
  /** How the 19 digits of its tax class code begin. */
  readonly classCode: string
  /** Percent of tax. */
  readonly rate: number
  readonly articles: readonly Article[]
  /** How often units buy there, against the other trades. */
  readonly weight: number
  /** Where such invoices come from: the national feed with lines, or rolls and fixed amounts of the local one. */
  readonly paper?: 'roll' | 'fixed_amount'
}

const article = (name: string, from: number, to: number, measure?: string): Article => ({
  name,
  from,
  to,
  ...(measure ? { measure } : {}),
})

/**
 * The trades that units ordinarily buy from. By the wording of the supervision's word lists nothing here is worth a
 * mark, although much of it lies near: hotels, alcohol for disinfection, smoke detectors, kitchen hoods.
 */
export const ordinaryTrades: readonly Trade[] = [
  {
    kind: 'stationery',
    suffixes: ['文具有限公司', '办公设备有限公司', '文化用品商行'],
    industry: '文具用品零售',
    scope: '文具用品、纸制品、办公设备及耗材批发零售',
    itemClass: '文具',
    classCode: '106050802',
    rate: 13,
    weight: 9,
    articles: [
      article('中性笔 0.5mm', 40, 300, '盒'),
      article('文件夹', 60, 420, '个'),
      article('档案盒', 90, 600, '个'),
      article('笔记本', 80, 500, '本'),
      article('订书机', 60, 280, '个'),
    ],
  },
  {
    kind: 'paper',
    suffixes: ['纸业有限公司', '办公耗材有限公司'],
    industry: '纸制品批发',
    scope: '纸制品、办公耗材批发零售',
    itemClass: '纸制品',
    classCode: '106010503',
    rate: 13,
    weight: 8,
    articles: [article('A4复印纸 70g', 160, 1900, '箱'), article('A3复印纸', 150, 900, '箱')],
  },
  {
    kind: 'computers',
    suffixes: ['电脑有限公司', '信息技术有限公司', '数码科技有限公司'],
    industry: '计算机及辅助设备零售',
    scope: '计算机软硬件、打印耗材销售及维护',
    itemClass: '计算机配套产品',
    classCode: '109051202',
    rate: 13,
    weight: 8,
    articles: [
      article('硒鼓', 180, 1500, '支'),
      article('移动硬盘 1TB', 300, 1200, '个'),
      article('键盘鼠标套装', 80, 450, '套'),
      article('SPARK读写机', 380, 1600, '台'),
    ],
  },
  {
    kind: 'printing',
    suffixes: ['图文有限公司', '印务有限公司', '快印有限公司'],
    industry: '印刷',
    scope: '打字复印、图文设计制作、出版物及其他印刷品印刷',
    itemClass: '印刷服务',
    classCode: '107020301',
    rate: 6,
    weight: 8,
    articles: [
      article('文件汇编印制', 120, 1900),
      article('宣传折页印制', 150, 1600),
      article('公文纸印制', 90, 900),
    ],
  },
  {
    kind: 'books',
    suffixes: ['图书有限公司', '书店有限公司'],
    industry: '图书零售',
    scope: '图书、报刊、音像制品零售',
    itemClass: '图书',
    classCode: '106020101',
    rate: 9,
    weight: 4,
    articles: [
      article('业务工具书', 60, 900, '册'),
      article('法规汇编', 50, 700, '册'),
      article('中华人民共和国宪法', 30, 300, '册'),
    ],
  },
  {
    kind: 'cleaning',
    suffixes: ['保洁有限公司', '环境服务有限公司'],
    industry: '清洁服务',
    scope: '建筑物清洁、设施清洗',
    itemClass: '清洁服务',
    classCode: '307090100',
    rate: 6,
    weight: 6,
    articles: [
      article('办公楼保洁费', 400, 2400),
      article('食堂油烟机清洗', 260, 1500),
      article('空调清洗', 180, 1300),
    ],
  },
  {
    kind: 'repair',
    suffixes: ['机电维修有限公司', '设备维修服务部'],
    industry: '设备维修',
    scope: '机电设备、家用电器维修',
    itemClass: '修理修配劳务',
    classCode: '201000000',
    rate: 13,
    weight: 7,
    articles: [
      article('空调维修费', 150, 1800),
      article('打印机维修费', 80, 900),
      article('门锁维修', 60, 400),
    ],
  },
  {
    kind: 'fire',
    suffixes: ['消防设备有限公司', '安防科技有限公司'],
    industry: '消防器材销售',
    scope: '消防器材销售、消防设施维护',
    itemClass: '消防设备',
    classCode: '109042001',
    rate: 13,
    weight: 4,
    articles: [
      article('烟感探测器', 120, 1800, '只'),
      article('干粉灭火器', 90, 1500, '具'),
      article('应急照明灯', 80, 900, '只'),
    ],
  },
  {
    kind: 'disinfection',
    suffixes: ['医药有限公司', '卫生用品有限公司'],
    industry: '医药零售',
    scope: '消毒用品、医疗器械、医用耗材销售',
    itemClass: '消毒用品',
    classCode: '107030601',
    rate: 13,
    weight: 4,
    articles: [
      article('75%消毒酒精', 60, 900, '桶'),
      article('碘酒', 20, 200, '瓶'),
      article('免洗洗手液', 60, 700, '瓶'),
    ],
  },
  {
    kind: 'hotel',
    suffixes: ['宾馆有限公司', '大酒店有限公司', '商务酒店有限公司'],
    industry: '住宿业',
    scope: '住宿服务、酒店管理',
    itemClass: '住宿服务',
    classCode: '307040200',
    rate: 6,
    weight: 7,
    articles: [article('住宿费', 220, 1500, '间'), article('酒店住宿费', 260, 1600, '间')],
  },
  {
    kind: 'fuel',
    suffixes: ['石油销售有限公司', '能源有限公司'],
    industry: '成品油零售',
    scope: '成品油零售、汽车用品销售',
    itemClass: '汽油',
    classCode: '107010101',
    rate: 13,
    weight: 8,
    articles: [article('92号车用汽油', 180, 900, '升'), article('95号车用汽油', 200, 950, '升')],
  },
  {
    kind: 'express',
    suffixes: ['快递有限公司', '速运有限公司'],
    industry: '快递服务',
    scope: '国内快递',
    itemClass: '收派服务',
    classCode: '301060400',
    rate: 6,
    weight: 7,
    articles: [article('收派服务费', 20, 600)],
  },
  {
    kind: 'telecom',
    suffixes: ['通信有限公司', '网络科技有限公司'],
    industry: '电信业',
    scope: '基础电信业务、增值电信业务',
    itemClass: '电信服务',
    classCode: '303010000',
    rate: 9,
    weight: 6,
    articles: [article('专线使用费', 300, 2400), article('固定电话费', 80, 900)],
  },
  {
    kind: 'testing',
    suffixes: ['检测技术有限公司', '检验检测有限公司'],
    industry: '检测服务',
    scope: '水质、空气、食品检测',
    itemClass: '研发和技术服务',
    classCode: '304010300',
    rate: 6,
    weight: 5,
    articles: [
      article('水质检测费', 300, 2300),
      article('室内空气检测', 400, 2400),
      article('白酒检验费', 500, 2300),
    ],
  },
  {
    kind: 'garden',
    suffixes: ['园林有限公司', '绿化工程有限公司'],
    industry: '园林绿化',
    scope: '园林绿化养护、花木租摆',
    itemClass: '其他生活服务',
    classCode: '307990000',
    rate: 6,
    weight: 4,
    articles: [article('绿化养护费', 400, 2200), article('花木租摆', 200, 1300)],
  },
  {
    kind: 'notices',
    suffixes: ['传媒有限公司', '广告有限公司'],
    industry: '广告业',
    scope: '设计、制作、代理、发布广告',
    itemClass: '广告服务',
    classCode: '304030400',
    rate: 6,
    weight: 4,
    articles: [
      article('公告发布费', 300, 2300),
      article('宣传栏制作', 260, 2100),
      article('旅游公路标识牌', 600, 2300),
    ],
  },
  {
    kind: 'clinic',
    suffixes: ['门诊部有限公司', '健康体检有限公司'],
    industry: '医疗服务',
    scope: '医疗服务、健康体检（门诊）',
    itemClass: '医疗服务',
    classCode: '307020200',
    rate: 0,
    weight: 3,
    articles: [article('体检费', 300, 1900), article('疫苗接种费', 90, 700)],
  },
  {
    kind: 'works',
    suffixes: ['建设工程有限公司', '装饰工程有限公司'],
    industry: '建筑业',
    scope: '房屋修缮、装饰装修、小型工程施工',
    itemClass: null,
    classCode: '305020000',
    rate: 9,
    weight: 6,
    articles: [
      article('办公室零星修缮', 1800, 48_000),
      article('卫生间防水修缮', 1500, 26_000),
      article('球场围网改造', 5000, 46_000),
    ],
  },
  {
    kind: 'equipment',
    suffixes: ['机电设备有限公司', '科教设备有限公司', '家具有限公司'],
    industry: '设备批发',
    scope: '机电设备、家具、仪器批发零售',
    itemClass: null,
    classCode: '109010000',
    rate: 13,
    weight: 8,
    articles: [
      article('文件柜', 1200, 18_000, '组'),
      article('办公桌椅', 1500, 32_000, '套'),
      article('多功能一体机', 2200, 38_000, '台'),
      article('投影设备', 2600, 42_000, '台'),
      article('红酒杯展示柜', 1800, 9000, '台'),
    ],
  },
  {
    kind: 'property',
    suffixes: ['物业服务有限公司'],
    industry: '物业管理',
    scope: '物业管理、停车场管理',
    itemClass: null,
    classCode: '304080100',
    rate: 6,
    weight: 5,
    articles: [article('办公区秩序维护费', 2200, 36_000), article('电梯维保费', 900, 12_000)],
  },
  {
    kind: 'copies',
    suffixes: ['打字复印店', '刻章服务部'],
    industry: '居民服务',
    scope: '打字复印、刻章',
    itemClass: null,
    classCode: '307090900',
    rate: 3,
    weight: 4,
    paper: 'roll',
    articles: [article('打字复印', 20, 300), article('刻章费', 60, 400), article('部门票据打印', 20, 260)],
  },
  {
    kind: 'parking',
    suffixes: ['停车场管理有限公司', '城市停车服务有限公司'],
    industry: '停车服务',
    scope: '停车场管理',
    itemClass: null,
    classCode: '305070300',
    rate: 3,
    weight: 4,
    paper: 'fixed_amount',
    articles: [],
  },
]

/** Meals: each is put on record, whatever it costs. */
export const mealTrade: Trade = {
  kind: 'meals',
  suffixes: ['餐饮管理有限公司', '饭店', '餐饮服务有限公司'],
  industry: '餐饮业',
  scope: '餐饮服务、预包装食品销售',
  itemClass: '餐饮服务',
  classCode: '307040100',
  rate: 6,
  weight: 0,
  articles: [article('餐费', 90, 940), article('工作餐费', 120, 900)],
}

/** Electricity comes every month to nearly the same. */
export const powerTrade: Trade = {
  kind: 'power',
  suffixes: ['供电有限公司'],
  industry: '电力供应',
  scope: '电力供应',
  itemClass: '供电',
  classCode: '110010200',
  rate: 13,
  weight: 0,
  articles: [article('电费', 3000, 18_000)],
}

/** Tickets: they may be made out to the person who travels. */
export const ticketTrade: Trade = {
  kind: 'tickets',
  suffixes: ['客运有限公司', '航空客运代理有限公司'],
  industry: '旅客运输',
  scope: '道路、航空旅客运输代理',
  itemClass: '运输服务',
  classCode: '301010000',
  rate: 9,
  weight: 0,
  articles: [article('客运服务费', 40, 380), article('机票款', 480, 1900)],
}
