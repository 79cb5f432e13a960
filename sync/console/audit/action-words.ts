// The trail's actions in words. One that isn't here is shown as it is written: nothing is left out.

const WORDS: { readonly [action: string]: string } = {
  acknowledge: '知悉报警',
  'add-pictures': '添加图片',
  alarm: '报警',
  'alarm-cleared': '报警解除',
  'answer-private': '书面答复',
  approve: '审核通过',
  'audit-check': '核对审计链',
  'black-out': '涂黑图片',
  'check-settings': '改检查规则',
  enrol: '终端登记',
  'fleet-settings': '改终端设置',
  import: '导入',
  'inbox-export': '导出来信',
  'inspectors-list': '改纪检密钥',
  justify: '说明理由',
  login: '登录',
  'login-failed': '登录失败',
  logout: '退出',
  look: '查看图片',
  'message-read': '阅读来信',
  'message-refused': '拒收来信',
  'message-route': '转办来信',
  password: '改密码',
  propose: '提交审核',
  publish: '发布',
  'publish-failed': '发布失败',
  reject: '退回',
  revoke: '吊销终端',
  schedule: '定时发布',
  token: '发放终端口令',
  undo: '撤回导入',
  'user-add': '新建账号',
  'user-change': '修改账号',
  withdraw: '撤回发布',
}

export function actionWords(action: string): string {
  return WORDS[action] ?? action
}
