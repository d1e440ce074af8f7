export const ground: readonly string[]
export const shared: readonly string[]
export const river: readonly string[]
export const strangers: readonly (readonly string[])[]
