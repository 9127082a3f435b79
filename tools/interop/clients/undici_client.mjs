// Node's undici through ProxyAgent: one agent a proxy user, which keeps its connections. It tunnels https, and plain requests
// too where `tunnelled` says so (its default).
import { readFileSync } from 'node:fs';
import { ProxyAgent, request } from 'undici';
import { converse } from './conversation.mjs';

const agents = new Map();

function agentOf({ user, password, gateway, ca, tunnelled }) {
  const key = JSON.stringify([user, password, Boolean(tunnelled)]);
  if (!agents.has(key)) {
    agents.set(key, new ProxyAgent({
      uri: `http://${gateway}`,
      token: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      proxyTunnel: Boolean(tunnelled),
      requestTls: { ca: readFileSync(ca) },
    }));
  }
  return agents.get(key);
}

await converse(async (asked) => {
  const answer = await request(asked.url, { dispatcher: agentOf(asked), headersTimeout: asked.within * 1000 });
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
});
for (const agent of agents.values()) await agent.close();
