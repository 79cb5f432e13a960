// push: the distribution folder to an S3-compatible store.
import { textOption, type Verb } from './verb.ts'

export const pushVerb: Verb = {
  name: 'push',
  usage: 'push s3://BUCKET/PREFIX [--endpoint URL] [--region NAME]',
  summary:
    'makes an S3-compatible store hold what DIR/dist holds, the pointer last; credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  example: 'county push s3://sunhall/huitong --endpoint https://oss.example.cn',
  options: {
    endpoint: { type: 'string', help: "the store's address where it isn't Amazon's" },
    region: { type: 'string', help: 'region (default us-east-1, which other stores ignore)' },
  },
  positionals: { min: 1, max: 1 },
  async run({ office, positionals, values, say }) {
    const { pushFolder, targetOf } = await import('../push/push.ts')
    const endpoint = textOption(values, 'endpoint')
    const target = targetOf(positionals[0] ?? '', endpoint, textOption(values, 'region') ?? 'us-east-1')
    const report = await pushFolder(office.dist, target)
    say(
      `Pushed: ${report.uploaded} files (${report.bytes} bytes) up, ${report.kept} there already, ${report.removed} taken away`,
    )
    return { ok: true, ...report }
  },
}
