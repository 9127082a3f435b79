// How well the words of a page can be read: for each piece of text that shows, the contrast with what is behind it, by the formula of WCAG 2.

/// In the page: [{ratio, text, colour, behind}] of the worst, sorted.
export function worstContrasts(page) {
  return page.evaluate(() => {
    const parse = (colour) => {
      const numbers = colour.match(/[\d.]+/g).map(Number);
      return { r: numbers[0], g: numbers[1], b: numbers[2], a: numbers[3] ?? 1 };
    };
    const over = (top, below) => {
      const mix = (one) => top[one] * top.a + below[one] * (1 - top.a);
      return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
    };
    const channel = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ({ r, g, b }) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const ratio = (one, other) => {
      const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const backgroundOf = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) {
        const colour = parse(getComputedStyle(at).backgroundColor);
        if (colour.a > 0) layers.push(colour);
        if (colour.a === 1) break;
      }
      return layers.reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
    };
    // In a drawing, what is behind a text is the shape drawn last that holds its middle.
    const behindText = (text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      let colour = backgroundOf(text.ownerSVGElement.closest('svg:not(svg svg)') ?? text);
      for (const shape of text.closest('svg:not(svg svg)').querySelectorAll('rect')) {
        if (shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING) break;
        const box = shape.getBoundingClientRect();
        if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
        const fill = getComputedStyle(shape).fill;
        if (fill !== 'none') colour = over(parse(fill), colour);
      }
      return colour;
    };
    const found = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (node.textContent.trim() === '' || element.closest('title, script, style, option')) continue;
      if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false })) continue;
      const drawn = element.namespaceURI.endsWith('svg');
      const style = getComputedStyle(element);
      const colour = parse(drawn ? style.fill : style.color);
      const behind = drawn ? behindText(element) : backgroundOf(element);
      const value = ratio(over(colour, behind), behind);
      const key = `${JSON.stringify(colour)} ${JSON.stringify(behind)}`;
      if (!found.has(key)) found.set(key, { ratio: value, text: node.textContent.slice(0, 40), class: element.getAttribute('class'), colour, behind });
    }
    return [...found.values()].sort((a, b) => a.ratio - b.ratio);
  });
}
