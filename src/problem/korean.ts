export const KOREAN: Readonly<Record<string, string>> = {}
