export { type NoticesDependencies, noticesRoutes } from './notices.routes.ts'
export { type Bell, createBell } from './notices.service.ts'
export { type NewNotice, postToRoles, postToUsers } from './notices.store.ts'
export {
  type ChangeStream,
  changeChannel,
  createChangeStream,
  type StreamEvent,
  type Visibility,
} from './stream.ts'
export { type MobileNumbers, sendWaitingMessages, type TextMessageRoute } from './text-messages.ts'
