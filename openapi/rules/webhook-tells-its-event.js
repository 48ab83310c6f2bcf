/**
 * A webhook is a POST named after its event type, with a summary and the event's name in the payload, which its examples have too.
 * Another rule reports broken references.
 */
export function webhookTellsItsEvent() {
  return {
    WebhooksMap(webhooks, { report, resolve, location }) {
      const follow = (node, at) => {
        if (node?.$ref === undefined) return { node, at };
        const { node: target, location } = resolve(node, at.source.absoluteRef);
        return { node: target, at: location };
      };
      for (const name of Object.keys(webhooks)) {
        const item = follow(webhooks[name], location.child(name));
        if (!item.node) continue;
        const post = item.node.post;
        const at = item.at.child('post');
        if (!post || Object.keys(item.node).length > 1) {
          report({ message: `The webhook ${name} must have a POST and nothing else.`, location: item.at });
          continue;
        }
        for (const [message, key] of faultsOf(name, post)) report({ message, location: at.child(key) });
        for (const [media, path] of mediaTypes(post)) {
          for (const [key, example] of Object.entries(media.examples ?? {})) {
            const found = follow(example, at.child([...path, 'examples', key]));
            const fqn = found.node?.value?.event_fqn;
            if (!found.node || fqn === post['x-event-fqn']) continue;
            report({
              message: `The event_fqn of this example of ${name} is ${fqn}, not its x-event-fqn.`,
              location: found.at,
            });
          }
        }
      }
    },
  };
}

function* faultsOf(name, { operationId, summary, requestBody, 'x-event-fqn': fqn }) {
  if (!requestBody) {
    yield [`The webhook ${name} needs an x-payload (or a whole requestBody).`, 'requestBody'];
    return;
  }
  if (operationId !== name) yield [`The operationId of the webhook ${name} must be the same.`, 'operationId'];
  if (!summary || /[.|]/.test(summary)) {
    yield [`The summary of ${name} must say what it means, in half a sentence: no full stop, no "|".`, 'summary'];
  }
  if (!/^[A-Z]+(_[A-Z]+)*$/.test(fqn ?? '')) {
    yield [`${name} needs an x-event-fqn in upper snake case.`, 'x-event-fqn'];
  } else if (fqn.replaceAll('_', '') !== name.toUpperCase()) {
    // The receiver has no table of these names; it compares them this way.
    yield [`The x-event-fqn of ${name} must be its name, ignoring case and underscores.`, 'x-event-fqn'];
  }
}

function* mediaTypes({ requestBody }) {
  for (const [type, media] of Object.entries(requestBody?.content ?? {}))
    yield [media, ['requestBody', 'content', type]];
}
