/** Where a sandbox on a port is asked for deliveries: no operation of Dixa's has this path. */
export const TRIGGER_PATH = '/-/trigger';
