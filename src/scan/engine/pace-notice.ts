/** What a thread that probes tells of its pace. */
export type PaceNotice =
  /** It found the network away; its lanes stand still. */
  | { readonly kind: 'network-away' }
  /** The network that it found away is back. */
  | { readonly kind: 'network-back' }
  /** This machine is at a limit of its own, which has this errno name. */
  | { readonly kind: 'local-limit'; readonly code: string }
  /** Nothing at all has come about for a long time for want of it. */
  | { readonly kind: 'stuck'; readonly code: string };
