// The room that this page's links lead to: the one it is in, or comes in to.

class Here {
  /** undefined: none that is known. */
  slug = $state<string>();
}

export const here = new Here();
