/** Something made on first use and once. */
export interface Lazy<T> {
  (): Promise<T>;
  /** What was made, without making it. */
  made(): Promise<T> | undefined;
}

/** A failed attempt is forgotten: the next call tries again. */
export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let value: Promise<T> | undefined;
  const get = () => {
    if (!value) {
      const attempt = make();
      value = attempt;
      attempt.catch(() => {
        if (value === attempt) value = undefined;
      });
    }
    return value;
  };
  return Object.assign(get, { made: () => value });
}
