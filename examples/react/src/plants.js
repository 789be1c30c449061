// What the shop sells: what may be mentioned with @, and put into the basket.
export const PLANTS = [
  { id: "lavender", title: "Lavender", group: "Perennials", height: "60 cm", icon: "lucide:flower" },
  { id: "foxglove", title: "Foxglove", group: "Perennials", height: "120 cm", icon: "lucide:flower" },
  { id: "quince", title: "Quince", group: "Trees", height: "400 cm", icon: "lucide:tree-deciduous" },
];

export const entities = PLANTS.map(({ id, title, group, height, icon }) => ({
  id,
  title,
  group,
  icon,
  interactive: true,
  data: { height },
}));

export const preview = ({ title, group, data }) => ({
  type: "Basic",
  children: [
    { type: "Title", value: title, size: "sm" },
    { type: "Caption", value: `${group}, grows to ${data?.height}` },
  ],
});
