"use strict";
(() => {
  const form = document.getElementById("filter");
  if (form === null) return;
  const protocol = document.getElementById("filter-protocol");
  const path = document.getElementById("filter-path");
  const count = document.getElementById("filter-count");
  const groups = Array.from(document.querySelectorAll(".difference"));

  // Values begin with "=", so that a protocol without a name is not taken for all of them.
  const isWanted = (tag) => protocol.value === "" ? true : tag === protocol.value;

  const apply = () => {
    document.querySelectorAll("[data-protocol], [data-tag]").forEach((element) => {
      element.hidden = !isWanted(element.dataset.protocol ?? element.dataset.tag);
    });
    const text = path.value.toLowerCase();
    groups.forEach((group) => {
      const tags = Array.from(group.querySelectorAll("[data-tag]"), (share) => share.dataset.tag);
      const isNamed = group.dataset.path.toLowerCase().includes(text);
      const isTagged = protocol.value === "" ? true : tags.some(isWanted);
      group.hidden = isNamed ? !isTagged : true;
    });
    const shown = groups.filter((group) => !group.hidden).length;
    count.textContent = `${shown} of ${groups.length} member paths`;
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
