// P10: a screen that throws ends the visit in the attract screen, not in a blank page. If attract itself throws, a plain
// page says so and tries again.
import { Component, type ReactNode } from 'react'

export interface GuardProps {
  children: ReactNode
  /** Drawn in place of what threw. */
  instead: (again: () => void) => ReactNode
  onFailure: (error: unknown) => void
}

export class Guard extends Component<GuardProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: unknown): void {
    this.props.onFailure(error)
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead(() => this.setState({ failed: false })) : this.props.children
  }
}
