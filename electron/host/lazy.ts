/** Something made on first use and once. */
export interface Lazy<T> {
  (): Promise<T>;
  /** What was made or is being made, without making it; undefined also where the attempt under way fails. Never rejects. */
  made(): Promise<T | undefined> | undefined;
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
  return Object.assign(get, { made: () => value?.catch(() => undefined) });
}
