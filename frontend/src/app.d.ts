declare global {
  namespace App {
    interface PageState {
      /** On a phone: the order ticket's sheet is open, and going back closes it. */
      ticket?: boolean;
    }
  }
}

export {};
