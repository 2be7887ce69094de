/**
 * Makes each button copy the code beside it. It runs in the browser as its own text, so it uses nothing but its
 * arguments.
 */
export function copyOnClick(buttons: readonly HTMLButtonElement[], say: (text: string) => void): void {
  for (const button of buttons) {
    button.addEventListener('click', async () => {
      const text = button.parentElement?.querySelector('code')?.textContent ?? '';
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // Browsers offer no clipboard to pages that are opened from disk.
        const area = document.createElement('textarea');
        area.value = text;
        document.body.appendChild(area);
        area.select();
        document.execCommand('copy');
        area.remove();
      }
      say('Copied.');
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1500);
    });
  }
}
