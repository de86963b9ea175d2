/** The version of the software, as package.json has it. The policy has dates instead. */
export const version = '0.1.0'
