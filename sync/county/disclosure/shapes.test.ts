import { describe, expect, it } from 'vitest'
import { addressLeak, numberLeak } from './shapes.ts'

describe('P5: personal numbers are recognised by shape', () => {
  it.each([
    ['an ID number whose check digit is wrong', '431225197003041230', 'id-number'],
    ['one ending in X', '43122519700304123X', 'id-number'],
    ['one in full-width digits', '４３１２２５１９７００３０４１２３０', 'id-number'],
    ['one with spaces inside', '431225 19700304 1230', 'id-number'],
    ['one with hyphens inside', '431225-19700304-1230', 'id-number'],
    ['one in a sentence', '杨某（身份证431225197003041230）已签字', 'id-number'],
    ['one of fifteen digits', '431225700304123', 'id-number'],
    ['a card number', '6217 0012 3456 7890 123', 'bank-account'],
    ['an account of sixteen digits', '账号8201000012345678', 'bank-account'],
    ['a mobile number', '请打13812345678', 'phone'],
    ['one with its country code', '+8613812345678', 'phone'],
    ['one in groups', '138-1234-5678', 'phone'],
    ['one behind a figure', '共12 13812345678', 'phone'],
    ['one in groups behind a figure', '3 138-1234-5678', 'phone'],
    ['a card number behind a date', '2024-01-01 6217001234567890123', 'bank-account'],
    ['one in fours behind a figure', '3 6217 0012 3456 7890 123', 'bank-account'],
    ['an ID number cut by slashes', '431225/19700304/1230', 'id-number'],
    ['one with wide gaps', '431225  19700304  1230', 'id-number'],
    ['one with a sign of no width inside', '身份证431225\u200b19700304\u200b1230', 'id-number'],
    ['one with signs that turn text around', '431225\u202a19700304\u202c1230', 'id-number'],
    ['one with thin spaces inside', '431225\u200919700304\u20031230', 'id-number'],
    ['one with soft hyphens, one a digit', [...'431225197003041230'].join('\u00ad'), 'id-number'],
    ['one that a narrow cell broke by hand', '身份证\n431225197003\n041230', 'id-number'],
    ['a card number with a sign of no width', '卡号62220212\u200b34567890\u200b123', 'bank-account'],
    ['a landline', '电话0745-8822123', 'phone'],
    ['a landline in brackets', '(0745)8822123', 'phone'],
  ])('%s', (_, text, kind) => {
    expect(numberLeak(text)).toBe(kind)
  })

  it.each([
    '2024-08-24',
    '431225100201',
    '湘财预〔2026〕示例12号',
    '2024/1/5、2024/2/5',
    '2024/01/05 2024/02/05',
    '2024.01.05-2024.12.31',
    '100 200 300 400',
    '431225\n2026\n1200\n3400',
    '1/2 3/4 5/6 7/8',
    '2024-01-01 2024-12-31',
    '1,234,567.89',
    '第12345号',
    '记-0012',
    '2020年3月至2021年12月共12345678元',
    'Premier Inn44513065',
  ])('but %s is none', (text) => {
    expect(numberLeak(text)).toBeNull()
  })

  it('finds addresses in names, and none in names', () => {
    expect(addressLeak('杨某，住址会同县林城镇')).toBe(true)
    expect(addressLeak('林城镇人民路12号')).toBe(true)
    expect(addressLeak('欧阳长路')).toBe(false)
    expect(addressLeak('示例建设有限公司')).toBe(false)
  })
})
