/** From this many cards on, those out of sight are not drawn. */
export const MANY = 150;
