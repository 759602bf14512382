/** Lets the player choose a file; undefined where none was chosen. @param ending such as `.gguf` */
export function pickFile(ending: string): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = ending;
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve(undefined));
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.click();
  });
}
