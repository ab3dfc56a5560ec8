/** Height of an hour on the grid. */
const pixelsPerHour = 60;

export function pixelsOf(minutes: number): number {
  return (minutes / 60) * pixelsPerHour;
}

export function minutesOfPixels(pixels: number): number {
  return (pixels / pixelsPerHour) * 60;
}
