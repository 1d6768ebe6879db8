/** Who joins while the page is open gets their own links in the header, as after a reload. */

export function greet(name: string, page: Document = document): void {
  const kept = page.querySelector<HTMLTemplateElement>("template#joined");
  if (!kept) return;
  const links = page.importNode(kept.content, true);
  const place = links.querySelector(".site-you__name");
  if (place) place.textContent = name;
  kept.replaceWith(links);
}
