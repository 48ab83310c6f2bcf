/** The path at which a sandbox on a port accepts triggers. No operation of Dixa has this path. */
export const TRIGGER_PATH = '/-/trigger';
