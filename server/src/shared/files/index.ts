export { fileSchema, filesRoutes } from './files.routes.ts'
export {
  attachmentsOf,
  createFiles,
  type FilesService,
  fileNotFound,
  requireOwnUploads,
} from './files.service.ts'
export { refuseClassifiedFile } from './marked-contents.ts'
export { type Attachment, attachmentSchema, type OpenFile, sendFile } from './serving.ts'
