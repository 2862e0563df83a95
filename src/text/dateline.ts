export function stripDateline(text: string): { text: string; agency?: string } { return { text }; }
