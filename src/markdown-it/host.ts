/**
 * The types of markdown-it this plugin touches, by way of its constructor: written so, they compile with
 * markdown-it 14 (types from DefinitelyTyped) and with 15 (its own).
 */
import type MarkdownItConstructor from 'markdown-it'

export type MarkdownIt = InstanceType<typeof MarkdownItConstructor>
export type Token = ReturnType<MarkdownIt['parse']>[number]
export type CoreRule = Parameters<MarkdownIt['core']['ruler']['push']>[1]
export type CoreState = Parameters<CoreRule>[0]
export type InlineRule = Parameters<MarkdownIt['inline']['ruler']['push']>[1]
export type RenderRule = NonNullable<MarkdownIt['renderer']['rules'][string]>
