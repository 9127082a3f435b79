// proxy-chain as a client of the gateway: a proxy without credentials, one a user, that hands everything on to the gateway with
// them; undici goes through it. What users do whose own software cannot say proxy credentials.
import { readFileSync } from 'node:fs';
import { anonymizeProxy, closeAnonymizedProxy } from 'proxy-chain';
import { ProxyAgent, request } from 'undici';
import { converse } from './conversation.mjs';

const chains = new Map();

async function chainOf({ user, password, gateway, ca }) {
  const key = JSON.stringify([user, password]);
  if (!chains.has(key)) {
    const url = await anonymizeProxy(`http://${user}:${password}@${gateway}`);
    chains.set(key, { url, agent: new ProxyAgent({ uri: url, proxyTunnel: false, requestTls: { ca: readFileSync(ca) } }) });
  }
  return chains.get(key).agent;
}

await converse(async (asked) => {
  const answer = await request(asked.url, { dispatcher: await chainOf(asked), headersTimeout: asked.within * 1000 });
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
});
for (const { url, agent } of chains.values()) {
  await agent.close();
  await closeAnonymizedProxy(url, true);
}
