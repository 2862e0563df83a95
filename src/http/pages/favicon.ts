/** Three streams that become one. */
export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b6e99"/><path d="M8 5c0 8 8 8 8 14v8M24 5c0 8-8 8-8 14M16 5v22" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>
`;
