// Sample notices: open days, county news, and answers that were published.
import type { NoticesRow } from '../tables.ts'
import { daysAfter } from './calendar.ts'
import type { Frame } from './frame.ts'
import { hotline, townshipPhone } from './phones.ts'

const NEWS: readonly (readonly [string, string])[] = [
  [
    '耕地地力保护补贴今年全部发完',
    '全县耕地地力保护补贴已经全部打入惠农卡。没有收到的，请先看终端上是不是“退回”，再带身份证和卡到乡镇便民服务大厅更正账户。',
  ],
  ['农村低保从今年起分类施保', '今年起农村低保按 A、B、C 三类发放，标准写在政策第二章。名单每季度更新，村里公示七天。'],
  [
    '村级账目每月十日前上终端',
    '各村上月的账，民主理财小组审过后，十日前要能在终端上看到。没有看到的，会显示“还没公开”，不会显示成零。',
  ],
  [
    '三十台终端完成检修',
    '十八个乡镇、三个社区和县政务大厅的终端都已检修，断网也能查。机器黑屏或者数据过旧，请打终端上的办公电话。',
  ],
  ['退回的补贴怎么补', '银行退回的补贴不会作废。更正账户后次月补发，终端上退回和补发两个日期都看得到。'],
  ['高龄津贴标准调整', '高龄津贴按年龄分档，八十至八十九周岁、九十至九十九周岁、一百周岁以上各有标准，不用重新申请。'],
  ['村级公益项目请大家来提', '明年的村级公益事业项目开始征集。先由村民小组提，再由村民代表会议投票，投票结果上墙。'],
  ['山塘水库责任人公布', '各山塘、小型水库的巡查责任人名单已在村务公开栏公布，汛期每天巡查两次。'],
]
const ANSWERS: readonly (readonly [string, string])[] = [
  [
    '问：我家田租给别人种，稻谷补贴给谁？',
    '答：稻谷补贴给实际种稻的人，谁种给谁。耕地地力保护补贴按流转合同，没有约定的给承包农户。',
  ],
  [
    '问：为什么有的补贴看不到名字？',
    '答：涉及残疾、患病、未成年人和计划生育情况的补贴，按规定只公开金额，不公开名字，这样既看得到钱，又不伤人。',
  ],
  [
    '问：油茶补贴面积和我量的不一样怎么办？',
    '答：可以向村民委员会提出复量，乡镇十五个工作日内派人到山上量，结果写进公示表。',
  ],
  ['问：村里的发票图片看不清？', '答：已重新拍摄上传。凭证图片都经过检查，不含身份证号和电话。'],
  ['问：雨露计划要交什么材料？', '答：学籍由系统比对，一般不用交材料；在外省读书的，交一份在读证明。'],
  ['问：公益性岗位到期了还能续吗？', '答：期满经考核合格、仍然符合条件的可以续聘，续聘名单一样要公示。'],
]

function openDays(frame: Frame): NoticesRow[] {
  return frame.townships.map((place, i) => ({
    id: `开放日-${String(i + 1).padStart(2, '0')}`,
    kind: 'open-day' as const,
    title: `${place.name}民生资金开放日`,
    body: `请村民来看今年的资金账、项目账和村级账。乡镇干部和有关站所当面回答，问过的问题七天内书面答复并在终端公布。来的人不用报名，不收一分钱。`,
    date: daysAfter(frame.today, 4 + i * 2),
    place: place.code,
    venue: `${place.name}便民服务大厅`,
    time: i % 2 ? '上午9时至11时30分' : '下午2时30分至5时',
    contactPhone: townshipPhone(frame, place.code),
  }))
}

export function* noticesOf(frame: Frame): Generator<NoticesRow> {
  const plain = { place: '431225', venue: '', time: '', contactPhone: hotline() }
  for (const [i, [title, body]] of NEWS.entries()) {
    yield {
      ...plain,
      id: `消息-${String(i + 1).padStart(2, '0')}`,
      kind: 'news',
      title,
      body,
      date: daysAfter(frame.today, -3 - i * 9),
    }
  }
  for (const [i, [title, body]] of ANSWERS.entries()) {
    const place = frame.townships[i * 2]?.code ?? '431225'
    yield {
      ...plain,
      place,
      id: `答复-${String(i + 1).padStart(2, '0')}`,
      kind: 'answer',
      title,
      body,
      date: daysAfter(frame.today, -5 - i * 11),
    }
  }
  yield* openDays(frame)
}
