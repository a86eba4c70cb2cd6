(() => {
  /** Script elements read before the page may draw again: some 10,000 rows. */
  const CHUNKS_AT_ONCE = 20;

  const byId = (id) => document.getElementById(id);
  const search = byId('search');
  const status = byId('status');
  const size = byId('size');
  const body = document.querySelector('#rows tbody');
  const heads = [...document.querySelectorAll('#rows th')];
  const columns = heads.map(({ dataset }) => ({ id: dataset.id, type: dataset.type }));
  const statusColumn = columns.findIndex(({ id }) => id === 'status');
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

  /** Every row with the text that is searched, in the order of the report. */
  const rows = [];
  let shown = rows;
  let page = 0;
  let sort = { column: -1, descending: false };
  let isLoading = true;

  function load() {
    const chunks = [...document.querySelectorAll('script.rows')].slice(0, CHUNKS_AT_ONCE);
    for (const chunk of chunks) {
      for (const cells of JSON.parse(chunk.textContent))
        rows.push({ cells, text: cells.join('\n').toLowerCase(), index: rows.length });
      chunk.remove();
    }
    isLoading = chunks.length === CHUNKS_AT_ONCE;
    if (isLoading) setTimeout(load);
    else offerStatuses();
    update();
  }

  function offerStatuses() {
    if (statusColumn < 0) return;
    for (const name of new Set(rows.map(({ cells }) => cells[statusColumn])))
      if (name !== null) status.add(new Option(name, name));
    byId('status-label').hidden = false;
  }

  /** Chooses and sorts rows anew, from the first page on. */
  function update() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = status.value;
    shown = rows.filter(
      ({ cells, text }) =>
        (wanted === '' || cells[statusColumn] === wanted) && words.every((word) => text.includes(word)),
    );
    if (sort.column >= 0) shown.sort(compare);
    page = 0;
    draw();
  }

  /** What has no value comes last in either direction. */
  function compare(a, b) {
    const left = a.cells[sort.column];
    const right = b.cells[sort.column];
    const isEmpty = (value) => value === null || value === '';
    if (isEmpty(left) || isEmpty(right)) return isEmpty(left) - isEmpty(right) || a.index - b.index;
    const order =
      typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(left, right);
    return (sort.descending ? -order : order) || a.index - b.index;
  }

  function draw() {
    const count = Number(size.value);
    const first = page * count;
    const slice = shown.slice(first, first + count);
    body.replaceChildren(...slice.map(({ cells }) => drawRow(cells)));
    const range = slice.length === 0 ? 'no rows' : `${first + 1}–${first + slice.length} of ${shown.length}`;
    byId('where').textContent = isLoading ? `${range} (loading)` : range;
    byId('previous').disabled = page === 0;
    byId('next').disabled = first + count >= shown.length;
  }

  function drawRow(cells) {
    const row = document.createElement('tr');
    row.append(...cells.map((value, i) => drawCell(value, columns[i])));
    return row;
  }

  function drawCell(value, { id, type }) {
    const cell = document.createElement('td');
    if (type === 'integer') cell.className = 'number';
    if (type === 'list' || type === 'time') cell.className = type;
    if (value === null || value === '') return cell;
    if (id === 'status' || id === 'grade') {
      const badge = document.createElement('span');
      badge.className = `badge ${id === 'grade' ? classOfGrade(value) : classOfStatus(value)}`;
      badge.textContent = value;
      cell.append(badge);
      return cell;
    }
    cell.textContent = value;
    if (type === 'text') cell.title = value;
    if (id === 'daysLeft' && value < 0) cell.classList.add('past');
    return cell;
  }

  function classOfStatus(name) {
    return `status-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  }

  function classOfGrade(letter) {
    if (letter.startsWith('A')) return 'grade-fine';
    if (letter === 'B' || letter === 'C') return 'grade-fair';
    return letter === 'D' || letter === 'E' ? 'grade-poor' : 'grade-bad';
  }

  function sortBy(column) {
    sort = { column, descending: sort.column === column && !sort.descending };
    heads.forEach((head, i) => {
      const direction = sort.descending ? 'descending' : 'ascending';
      head.setAttribute('aria-sort', i === column ? direction : 'none');
    });
    update();
  }

  function turn(step) {
    page += step;
    draw();
    body.closest('.scroll').scrollTop = 0;
  }

  heads.forEach((head, i) => {
    head.querySelector('button').addEventListener('click', () => sortBy(i));
  });
  search.addEventListener('input', update);
  status.addEventListener('change', update);
  size.addEventListener('change', () => {
    page = 0;
    draw();
  });
  byId('previous').addEventListener('click', () => turn(-1));
  byId('next').addEventListener('click', () => turn(1));
  for (const pick of document.querySelectorAll('.pick'))
    pick.addEventListener('click', () => {
      search.value = pick.value;
      update();
      byId('rows-title').scrollIntoView();
      search.focus({ preventScroll: true });
    });
  load();
})();
