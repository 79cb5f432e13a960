// The kinds of works that project funds pay for: what is built, how much of it, at what price, and what may go wrong.

export type Scene = 'road' | 'canal' | 'square' | 'lamps' | 'water' | 'orchard'
export interface ProjectKind {
  scene: Scene
  /** Follows the village's name: '大冲组通组公路硬化'. */
  title: string
  /** What is done, with {n} for the quantity. */
  content: string
  from: number
  to: number
  unit: string
  /** Yuan a unit. */
  price: number
  quality: string
  benefit: string
  problem: string
  repair: string
}

const road: ProjectKind = {
  scene: 'road',
  title: '通组公路硬化',
  content: '硬化路面 {n} 米，宽 3.5 米，厚 18 厘米，设错车道 2 处，修整路肩和边沟',
  from: 600,
  to: 2400,
  unit: '米',
  price: 310,
  quality: '路面厚度不少于 18 厘米，混凝土强度合格',
  benefit: '沿线各组的车能开到家门口',
  problem: '有 40 米路面起砂，边沟没有清到底',
  repair: '施工方把起砂路段铲掉重做，边沟全部清理，已复查',
}
const upkeep: ProjectKind = {
  ...road,
  title: '村道日常养护',
  content: '清理边沟 {n} 米，修补坑槽，清除塌方，补设警示桩',
  price: 14,
  quality: '路面无坑槽，边沟通畅',
  benefit: '雨后道路不积水',
  problem: '塌方清理晚了十一天',
  repair: '养护队改为每周巡路一次，记录上墙',
}
const bridge: ProjectKind = {
  ...road,
  title: '危桥改造',
  content: '拆除旧桥，新建钢筋混凝土桥 {n} 米，两侧装护栏',
  from: 12,
  to: 32,
  price: 16_500,
  quality: '荷载和护栏高度符合设计',
  benefit: '汛期不再绕路',
  problem: '护栏比设计矮 10 厘米',
  repair: '护栏已按设计加高，监理复验合格',
}
const canal: ProjectKind = {
  scene: 'canal',
  title: '灌溉渠道维修',
  content: '衬砌渠道 {n} 米，修分水口 6 处，清淤并加盖过路涵管',
  from: 500,
  to: 2600,
  unit: '米',
  price: 165,
  quality: '渠底和渠壁不漏水',
  benefit: '下游田块按时灌上水',
  problem: '末端 60 米渠壁渗水',
  repair: '渗水段凿开重新抹面，放水试验两天不漏',
}
const pond: ProjectKind = {
  ...canal,
  title: '山塘清淤加固',
  content: '山塘清淤 {n} 立方米，加固塘坝，更换放水涵管',
  from: 1500,
  to: 6000,
  unit: '立方米',
  price: 42,
  quality: '塘坝不渗漏，放水闸灵活',
  benefit: '蓄水够浇早稻两遍',
}
const dam: ProjectKind = {
  ...canal,
  title: '小型水库除险加固',
  content: '大坝迎水坡护砌 {n} 平方米，溢洪道拓宽，更换启闭机',
  from: 900,
  to: 3200,
  unit: '平方米',
  price: 210,
  quality: '大坝安全鉴定为二类以上',
  benefit: '下游农户安全度汛',
}
const fields: ProjectKind = {
  ...canal,
  title: '高标准农田建设',
  content: '整治农田 {n} 亩，配套机耕道和排灌渠',
  from: 120,
  to: 680,
  unit: '亩',
  price: 1800,
  quality: '田块平整，渠路相通',
  benefit: '机械能下田，旱涝能保收',
}
const water: ProjectKind = {
  scene: 'water',
  title: '集中供水工程',
  content: '新建蓄水池 1 座，铺设供水管 {n} 米，装净化和消毒设备',
  from: 1200,
  to: 5200,
  unit: '米',
  price: 92,
  quality: '出厂水和末梢水检验合格',
  benefit: '各户全天有自来水',
  problem: '两户水压不够',
  repair: '加装增压泵，两户签字认可',
}
const pipes: ProjectKind = {
  ...water,
  title: '供水管网维修',
  content: '更换老化供水管 {n} 米，更换阀门和水表',
  price: 58,
}
const sewage: ProjectKind = {
  ...water,
  title: '生活污水治理',
  content: '铺设污水管 {n} 米，建人工湿地 1 处',
  price: 120,
  quality: '出水检测达标',
  benefit: '沟里不再有污水',
  problem: '湿地植物成活不到七成',
  repair: '已补种，成活九成以上',
}
const square: ProjectKind = {
  scene: 'square',
  title: '文化广场建设',
  content: '铺装广场 {n} 平方米，装健身器材 8 件，建宣传栏',
  from: 300,
  to: 1100,
  unit: '平方米',
  price: 190,
  quality: '铺装平整，器材牢固',
  benefit: '村民有地方开会、跳舞、打球',
  problem: '两块地砖松动',
  repair: '松动地砖已重铺',
}
const toilets: ProjectKind = {
  ...square,
  title: '公厕和垃圾点改造',
  content: '改建公厕和垃圾收集点，铺装场地 {n} 平方米，配分类桶',
  from: 80,
  to: 260,
  price: 420,
  quality: '设施齐全，有人管护',
  benefit: '垃圾日产日清',
}
const village: ProjectKind = {
  ...square,
  title: '民族特色村寨保护',
  content: '整修寨门和鼓楼，铺石板 {n} 平方米，修缮风雨桥',
  price: 260,
  quality: '按传统工艺修缮',
  benefit: '寨子保住老样子，游客来得多',
}
const lamps: ProjectKind = {
  scene: 'lamps',
  title: '村庄亮化',
  content: '安装太阳能路灯 {n} 盏，杆高 6 米',
  from: 24,
  to: 90,
  unit: '盏',
  price: 1850,
  quality: '连续三个阴雨天能亮',
  benefit: '夜里走路看得见',
  problem: '有三盏灯不亮',
  repair: '厂家换了电池，三盏都亮了',
}
const solar: ProjectKind = {
  ...lamps,
  title: '光伏电站管护',
  content: '清洗和检修光伏板 {n} 块，更换逆变器',
  from: 120,
  to: 420,
  unit: '块',
  price: 160,
  quality: '发电量达到设计九成',
  benefit: '村集体每年有发电收入',
}
const orchard: ProjectKind = {
  scene: 'orchard',
  title: '魔芋和油茶产业园',
  content: '新建种植基地 {n} 亩，配滴灌和作业道',
  from: 60,
  to: 300,
  unit: '亩',
  price: 2300,
  quality: '苗木成活率不低于 85%',
  benefit: '带动周边农户务工和分红',
  problem: '有 12 亩苗木成活率只有六成',
  repair: '施工方免费补苗，开春再验',
}
const cold: ProjectKind = {
  ...orchard,
  title: '冷藏保鲜库',
  content: '建冷库 {n} 立方米，配分拣台和电力增容',
  from: 200,
  to: 900,
  unit: '立方米',
  price: 780,
  quality: '库温稳定在 0 至 4 度',
  benefit: '蜜桔和杨梅能存到好价钱再卖',
}

/** Kind of works of each project fund. */
export const PROJECT_KINDS: Readonly<Record<string, ProjectKind>> = {
  F026: square,
  F027: fields,
  F036: orchard,
  F037: road,
  F038: road,
  F049: canal,
  F053: water,
  F105: pipes,
  F110: road,
  F176: road,
  F177: upkeep,
  F178: bridge,
  F179: water,
  F180: pipes,
  F181: dam,
  F182: pond,
  F183: canal,
  F184: toilets,
  F185: toilets,
  F186: sewage,
  F187: lamps,
  F188: { ...road, title: '产业路硬化' },
  F189: orchard,
  F190: cold,
  F191: square,
  F192: village,
  F193: { ...road, title: '移民村道路硬化' },
  F194: { ...orchard, title: '移民村黄桃产业园' },
  F195: solar,
  F196: { ...pipes, title: '老旧小区给排水管网改造' },
}
