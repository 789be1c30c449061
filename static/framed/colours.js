// The server reads colours of numbers only: what else a browser knows, such as names, becomes one.
(() => {
  const NUMBERS = /^\s*(#|rgb|hsl)/i;

  const inNumbers = (colour) => {
    if (typeof colour !== "string" || NUMBERS.test(colour) || !CSS.supports("color", colour)) return colour;
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return alpha ? `rgb(${red}, ${green}, ${blue})` : colour;
  };

  embedder.coloured = (options) => {
    const { accent, surface } = options.theme?.color ?? {};
    if (accent) accent.primary = inNumbers(accent.primary);
    for (const key in surface) surface[key] = inNumbers(surface[key]);
    return options;
  };
})();
