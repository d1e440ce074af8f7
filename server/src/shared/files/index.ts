export { fileSchema, filesRoutes } from './files.routes.ts'
export { createFiles, type FilesService } from './files.service.ts'
export type { StoredFile } from './files.store.ts'
export { refuseClassifiedFile } from './marked-contents.ts'
