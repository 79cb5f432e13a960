// Hands the catalogue of the chosen language to every part of the page.
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { createText, type Language, type Text } from './text.ts'

const TextContext = createContext<Text>(createText('zh'))

export function TextProvider(props: { language: Language; children: ReactNode }): ReactNode {
  const text = useMemo(() => createText(props.language), [props.language])
  return <TextContext value={text}>{props.children}</TextContext>
}

/** `const text = useText()`; `text('hall.back')`. */
export function useText(): Text {
  return useContext(TextContext)
}
