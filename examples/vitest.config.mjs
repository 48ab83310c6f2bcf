// Without it, Vitest takes that of the repository. A project of your own needs none.
export default {};
