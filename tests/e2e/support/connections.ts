/** To run in a page before its own scripts: remembers its connections, and with a relay allows no other way. */
export const watchConnections = (relayOnly: boolean) => `
  window.__connections = [];
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(configuration) {
      super({ ...configuration, ${relayOnly ? "iceTransportPolicy: 'relay'" : ''} });
      window.__connections.push(this);
    }
  };
`;

/** Kinds of the chosen candidates, own and the other's, for example `relay-relay`. */
export const chosenPairs = `(async () => {
  const pairs = [];
  for (const connection of window.__connections) {
    if (connection.connectionState !== 'connected') continue;
    const all = [...(await connection.getStats()).values()];
    const pair = all.find((one) => one.type === 'candidate-pair' && one.nominated);
    const kind = (id) => all.find((one) => one.id === id)?.candidateType ?? '?';
    if (pair) pairs.push(kind(pair.localCandidateId) + '-' + kind(pair.remoteCandidateId));
  }
  return pairs;
})()`;
