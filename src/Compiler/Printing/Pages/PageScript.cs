namespace ParDsl.Compiler.Printing.Pages;

/// <summary>
/// Zooms timelines by buttons, wheel and keys, and pans them by dragging. Without it they are whole and still, and can be read.
/// </summary>
internal static class PageScript
{
    public const string Text = """
        'use strict';
        for (const timeline of document.querySelectorAll('.timeline')) {
          const view = timeline.querySelector('.view');
          const bars = timeline.querySelector('.bars');
          const most = 256;
          let zoom = 1;

          // Labels and ticks come as soon as they fit: each level of the drawing is twice as wide as the one before.
          function fitLabels() {
            const level = Math.floor(Math.log2(view.clientWidth * zoom / 640));
            for (let step = 0; step <= 9; step++) bars.classList.toggle('l' + step, step <= level);
          }

          // What stands under x, in pixels from the view's left, stays there.
          function zoomTo(wanted, x) {
            const next = Math.min(most, Math.max(1, wanted));
            const place = (view.scrollLeft + x) / (view.clientWidth * zoom);
            zoom = next;
            bars.style.width = 100 * zoom + '%';
            view.scrollLeft = place * view.clientWidth * zoom - x;
            fitLabels();
          }

          for (const button of timeline.querySelectorAll('button')) {
            button.addEventListener('click', () => {
              const factor = Number(button.dataset.zoom);
              zoomTo(factor === 0 ? 1 : zoom * factor, view.clientWidth / 2);
            });
          }

          // At its whole width the wheel's way back belongs to the page.
          view.addEventListener('wheel', event => {
            if (event.deltaY === 0 || event.shiftKey || (zoom === 1 && event.deltaY > 0)) return;
            event.preventDefault();
            zoomTo(zoom * Math.pow(1.0015, -event.deltaY), event.clientX - view.getBoundingClientRect().left);
          }, { passive: false });

          view.addEventListener('keydown', event => {
            const factors = { '+': 2, '=': 2, '-': 0.5, '0': 0 };
            if (event.ctrlKey || event.metaKey || !(event.key in factors)) return;
            event.preventDefault();
            zoomTo(factors[event.key] === 0 ? 1 : zoom * factors[event.key], view.clientWidth / 2);
          });

          let held = null;
          view.addEventListener('pointerdown', event => {
            if (event.pointerType !== 'mouse' || event.button !== 0) return;
            held = { x: event.clientX, left: view.scrollLeft };
            view.setPointerCapture(event.pointerId);
            view.classList.add('dragged');
          });
          view.addEventListener('pointermove', event => {
            if (held) view.scrollLeft = held.left - (event.clientX - held.x);
          });
          for (const end of ['pointerup', 'pointercancel']) {
            view.addEventListener(end, () => { held = null; view.classList.remove('dragged'); });
          }

          new ResizeObserver(fitLabels).observe(view);
          fitLabels();
        }
        """;
}
