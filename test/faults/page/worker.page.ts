// The terminal's own worker with the trigger before it.
import './trigger.page.ts'
import '../../../renderer/worker/worker.ts'
