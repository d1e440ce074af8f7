import type { Chance } from './random.ts'

const surnames = [...'王陈林符吴黄李张周郑梁黎邢何羊韩云谢苏蔡冯曾朱莫许龙卢郭邓杨赵刘唐潘麦']
const given = [
  ...'海清明文正思远安宁志博雅静怀仁立诚书恒景行知秋若川望舒予然启航子衿浩然一鸣惟德守正慎之乐天',
]
const rare = ['㐂', '𠮷', '喆', '犇', '堃']
const minority = ['阿古·卓玛', '买买提·努尔', '扎西·旺堆']

/** An invented name; now and then one with a rare character or a middle dot, as registers have them. */
export function personName(chance: Chance): string {
  const kind = chance.between(1, 400)
  if (kind === 1) return chance.pick(minority)
  const second = kind <= 4 ? chance.pick(rare) : chance.pick(given)
  return chance.pick(surnames) + second + (chance.percent(70) ? chance.pick(given) : '')
}

const places = [
  '椰海',
  '南渡',
  '文澜',
  '琼岭',
  '云龙',
  '碧波',
  '红树',
  '金江',
  '望海',
  '青山',
  '蓝湾',
  '东坡',
  '五源',
  '尖峰',
]
const trades = [
  '文具',
  '图文',
  '科技',
  '信息技术',
  '环保',
  '园林',
  '建材',
  '机电',
  '物资',
  '测绘',
  '检测',
  '电气',
  '水务',
  '保洁',
  '安防',
  '档案',
]
const brand = [...'瑞恒泰昌顺和兴隆荣丰裕宏达通宁泽润德信诚嘉佳源鑫亿博卓越广盛晟旭颐钰']

/**
 * An invented enterprise's name, of a place, two characters and what it does. The serial keeps the names apart: it fixes
 * the two characters, and the group of places that it may choose from.
 */
export function enterpriseName(
  chance: Chance,
  serial: number,
  trade: string = `${chance.pick(trades)}有限公司`,
): string {
  const mark =
    brand[serial % brand.length]! + brand[(Math.floor(serial / brand.length) + serial) % brand.length]!
  const group = Math.floor(serial / brand.length ** 2) % 3
  return `${places[group * 4 + chance.between(0, 3)]}${mark}${trade}`
}
