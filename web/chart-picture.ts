/** A chart of the report as a picture: for pages that run no script, and show no figure on hovering. */
import { init } from 'echarts';
import type { Chart } from './charts';
import type { Language } from './text';

/** SVG of its own width in px, which scales with the page. Widths of words are estimated: there is no browser to measure them. */
export function chartPicture({ height, option }: Chart, language: Language, width: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ ...option[language] });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
