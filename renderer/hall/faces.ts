// The two faces that ship with the terminal, cut into unicode ranges: only the pieces that a screen needs are read.
import '@fontsource/noto-sans-sc/400.css'
import '@fontsource/noto-sans-sc/700.css'
import '@fontsource/noto-serif-sc/700.css'
import '../../assets/day.css'
import './tokens.css'
import './base.css'
