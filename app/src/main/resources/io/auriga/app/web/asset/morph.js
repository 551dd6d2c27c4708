// Makes one tree like another with the least change, so that focus, selection and scroll stay, and
// what is new can be shown as new. Elements with data-key are found again wherever they went;
// those with data-keep belong to the page and are left alone.

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key : undefined);

function alike(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);
}

function attributes(from, to) {
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) {
      from.setAttribute(name, value);
    }
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && name !== "data-new") {
      from.removeAttribute(name);
    }
  }
}

function children(from, to) {
  const keyed = new Map();
  for (const child of from.children) {
    if (keyOf(child) !== undefined) {
      keyed.set(keyOf(child), child);
    }
  }
  const fresh = keyed.size > 0;
  let place = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const key = keyOf(wanted);
    let match = key === undefined ? place : keyed.get(key);
    if (match && alike(match, wanted)) {
      if (match === place) {
        place = place.nextSibling;
      } else {
        from.insertBefore(match, place);
      }
      morph(match, wanted);
    } else {
      const added = document.importNode(wanted, true);
      from.insertBefore(added, place);
      if (key !== undefined && fresh) {
        added.setAttribute("data-new", ""); // until its animation ends
      }
    }
  }
  while (place) {
    const rest = place.nextSibling;
    place.remove();
    place = rest;
  }
}

document.addEventListener("animationend", (event) => event.target.removeAttribute?.("data-new"));

export function morph(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) {
      from.nodeValue = to.nodeValue;
    }
    return;
  }
  if (from.hasAttribute("data-keep") || from.isEqualNode(to)) {
    return;
  }
  attributes(from, to);
  children(from, to);
}
