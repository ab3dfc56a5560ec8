'use client';
import { Bar, BarChart as Recharts, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

export interface BarPoint {
  /** Under the bar. */
  label: string;
  value: number;
  /** On hover and for a screen reader: the whole sentence. */
  sentence: string;
}

interface Props {
  points: readonly BarPoint[];
  /** What the chart shows, for a screen reader. */
  title: string;
  heightPx?: number;
  /** Without axes: a small picture beside a figure. */
  small?: boolean;
  format: (value: number) => string;
}

/**
 * One row of bars in the accent colour. Its numbers are in a table for who cannot see it: the drawing
 * itself is hidden from screen readers and takes no focus.
 */
export function BarChart({ points, title, heightPx = 180, small = false, format }: Props) {
  return (
    <figure>
      <div
        aria-hidden="true"
        style={{ height: heightPx }}
        className="w-full min-w-0 overflow-hidden"
      >
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 320, height: heightPx }}
        >
          <Recharts
            accessibilityLayer={false}
            data={[...points]}
            margin={
              small
                ? { top: 2, right: 0, bottom: 0, left: 0 }
                : { top: 8, right: 4, bottom: 0, left: 0 }
            }
          >
            {small ? null : (
              <XAxis
                dataKey="label"
                tickLine={false}
                axisLine={{ stroke: 'var(--mc-line)' }}
                tick={{ fill: 'var(--mc-ink-soft)', fontSize: 13 }}
                minTickGap={12}
              />
            )}
            {small ? null : (
              <YAxis
                width={64}
                tickLine={false}
                axisLine={false}
                tickCount={4}
                tickFormatter={format}
                tick={{ fill: 'var(--mc-ink-soft)', fontSize: 13 }}
              />
            )}
            <Tooltip cursor={{ fill: 'var(--mc-line)', opacity: 0.5 }} content={<Hint />} />
            <Bar
              dataKey="value"
              fill="var(--mc-accent)"
              radius={[3, 3, 0, 0]}
              maxBarSize={small ? 14 : 36}
              minPointSize={small ? 2 : 0}
              isAnimationActive={false}
            />
          </Recharts>
        </ResponsiveContainer>
      </div>
      <table className="sr-only">
        <caption>{title}</caption>
        <tbody>
          {points.map(({ label, sentence }) => (
            <tr key={label}>
              <td>{sentence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

interface HintProps {
  active?: boolean;
  payload?: readonly { payload?: BarPoint }[];
}

function Hint({ active, payload }: HintProps) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <p className="rounded-md bg-ink px-3 py-1.5 text-sm text-paper shadow-float">
      {point.sentence}
    </p>
  );
}
