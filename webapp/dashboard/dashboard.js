// The gateway's status, from the admin API. Addresses are relative, so that the page works under any context path.
const PAUSE = 5000;
const api = new URL('../admin/api/', document.baseURI);
const element = id => document.getElementById(id);

class Refused extends Error {}

async function get(path) {
    const answer = await fetch(new URL(path, api), {headers: {Accept: 'application/json'}, cache: 'no-store'});
    if (!answer.ok) {
        const problem = await answer.json().catch(() => ({}));
        throw new Refused(problem.error?.message ?? `The gateway answered ${answer.status}.`);
    }
    return answer.json();
}

function duration(seconds) {
    const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
    const first = units.findIndex(([, size]) => seconds >= size);
    return units.slice(first < 0 ? 3 : first).slice(0, 2).map(([name, size], place, shown) => {
        const whole = place === 0 ? Math.floor(seconds / size) : Math.floor(seconds % shown[0][1] / size);
        return `${whole} ${name}`;
    }).join(' ');
}

function showStatus(status) {
    const {active, all} = status.tokens;
    element('version').textContent = status.version;
    element('access').textContent = status.mode;
    element('access-note').textContent = status.mode === 'open'
        ? 'Clients on this machine need no token.'
        : active === 0 ? 'No token exists yet, so no client can call.' : `${active} of ${all} tokens are active.`;
    element('uptime').textContent = duration(status.uptimeSeconds);
    element('database').textContent = `Database: ${status.database}`;
}

function showKeys(keys) {
    const unusable = keys.filter(key => key.status !== 'active');
    element('keys').textContent = `${keys.length - unusable.length} / ${keys.length}`;
    element('keys-note').textContent = keys.length === 0 ? 'None yet: hydra keys add' : 'usable / all';
    element('unusable').hidden = unusable.length === 0;
    element('unusable-rows').replaceChildren(...unusable.map(key => row([
        `…${key.hint}${key.email ? ` ${key.email}` : ''}`, key.status, key.until ? new Date(key.until).toLocaleString() : '', key.reason])));
    return keys.length > unusable.length;
}

function row(texts) {
    const line = document.createElement('tr');
    line.append(...texts.map(text => {
        const cell = document.createElement('td');
        cell.textContent = text;
        return cell;
    }));
    return line;
}

function showModels({models, trouble}) {
    element('models').textContent = models.length;
    element('models-note').textContent = trouble ?? 'that the usable keys can be asked for';
}

function showState(word, good, message = '') {
    element('state').textContent = word;
    element('state').className = `badge ${good ? 'good' : 'bad'}`;
    element('trouble').textContent = message;
    element('trouble').hidden = message === '';
}

async function refresh() {
    try {
        const [status, {keys}, models] = await Promise.all([get('status'), get('keys'), get('models')]);
        showStatus(status);
        showModels(models);
        showState(...showKeys(keys) ? ['running', true] : ['no usable key', false]);
    } catch (problem) {
        showState('no answer', false, problem instanceof Refused ? problem.message : 'The gateway does not answer.');
    }
    setTimeout(refresh, PAUSE);
}

refresh();
