/*
 * A Mega that plays by itself, in simavr: nothing on its line, and fingers at moments that were written down before.
 *
 *   simavr-alone IMAGE EDGES UNTIL_CYCLE     the flash image, raw; lines `CYCLE BUTTON DOWN`, in their order
 *
 * Its STOP is tried first, then it is reset as by its button, and cycles count from there. Answers with lines
 * `trace CYCLE BYTE` for what is written to the trace port, and `drive CYCLE MOTOR ON` for a motor's pin that is connected
 * to its timer or let go of: simavr moves no pin for a timer's PWM.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "avr_adc.h"
#include "avr_extint.h"
#include "avr_ioport.h"
#include "avr_uart.h"
#include "sim_avr.h"
#include "sim_cycle_timers.h"
#include "sim_io.h"
#include "sim_irq.h"

enum { clockHz = 16000000, flashBytes = 262144, supplyMv = 5000, cyclesPerMs = clockHz / 1000 };
enum { tracePort = 0x3e, tccr3a = 0x90, tccr4a = 0xa0, connected = 0xc0, mcusr = 0x54, externalReset = 2, stopInterrupt = 4 };

/* ATmega2560: D4 is G5, D7 is H4, D2 is E4, D8 is H5. The contact of STOP opens when it is pressed, and its pull-up has the pin high. */
typedef struct {
  const char *name;
  char port;
  int bit, pressedLevel;
} Button;
static const Button buttons[] = {{"go", 'G', 5, 0}, {"less", 'H', 4, 0}, {"stop", 'E', 4, 1}, {"receiver", 'H', 5, 0}};
enum { buttonCount = sizeof buttons / sizeof *buttons };

static avr_t *avr;
/* Its reset: simavr counts on. */
static avr_cycle_count_t zero;

static void sleepNot(avr_t *chip, avr_cycle_count_t howLong) {
  (void)chip;
  (void)howLong;
}

static avr_cycle_count_t wake(avr_t *chip, avr_cycle_count_t when, void *param) {
  (void)chip;
  (void)when;
  (void)param;
  return 0;
}

static void traced(avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq;
  (void)param;
  printf("trace %llu %u\n", (unsigned long long)(avr->cycle - zero), value & 0xff);
}

static int driven[2];

static void driveChanged(avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq;
  const int motor = *(const int *)param;
  const int on = (value & connected) != 0;
  if (on == driven[motor]) return;
  driven[motor] = on;
  printf("drive %llu %d %d\n", (unsigned long long)(avr->cycle - zero), motor, on);
}

/* What is connected to a port holds against its pull-ups, and against what simavr makes of them: all of a port at once. */
static void hold(const Button *button, int isDown) {
  static avr_ioport_external_t outside['Z'];
  avr_ioport_external_t *port = &outside[(int)button->port];
  const int level = isDown ? button->pressedLevel : !button->pressedLevel;
  const unsigned long bit = 1ul << button->bit;
  port->name = (unsigned long)button->port;
  port->mask |= bit;
  port->value = level ? port->value | bit : port->value & ~bit;
  avr_ioctl(avr, AVR_IOCTL_IOPORT_SET_EXTERNAL(button->port), port);
  avr_irq_t *pin = avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(button->port), button->bit);
  /* A reset forgets the level that a pin has, but not which it was told last, and the same again it does not hear. */
  avr_raise_irq(pin, (uint32_t)!level);
  avr_raise_irq(pin, (uint32_t)level);
}

/* What is soldered to the chip: contacts that nobody presses, both drains held up through their motors. */
static void connectBoard(void) {
  /* The contact of STOP holds the pin of an interrupt low, which the firmware does not use: simavr would ask for it every other cycle. */
  avr_extint_set_strict_lvl_trig(avr, stopInterrupt, 0);
  for (const Button *button = buttons; button < buttons + buttonCount; button++) hold(button, 0);
  for (int input = 0; input < 2; input++)
    avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0 + input), supplyMv);
  uint32_t flags = 0;
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
}

static void runTo(avr_cycle_count_t until) {
  while (avr->cycle < until) {
    avr_cycle_timer_register(avr, until - avr->cycle, wake, NULL);
    const int state = avr_run(avr);
    if (state == cpu_Done || state == cpu_Crashed) {
      fprintf(stderr, "simavr: the program has ended in state %d\n", state);
      exit(1);
    }
    avr_cycle_timer_cancel(avr, wake, NULL);
  }
}

static void makeBoard(const char *path) {
  static unsigned char image[flashBytes];
  static const int motors[] = {0, 1};
  FILE *file = fopen(path, "rb");
  if (!file || fread(image, 1, flashBytes, file) != flashBytes) exit(66);
  fclose(file);
  avr = avr_make_mcu_by_name("atmega2560");
  if (!avr) exit(69);
  avr_init(avr);
  avr->frequency = clockHz;
  avr->log = LOG_ERROR;
  avr->sleep = sleepNot;
  avr_loadcode(avr, image, flashBytes, 0);
  avr->codeend = flashBytes;
  avr->vcc = avr->avcc = avr->aref = supplyMv;
  connectBoard();
  avr_irq_register_notify(avr_iomem_getirq(avr, tracePort, NULL, AVR_IOMEM_IRQ_ALL), traced, NULL);
  avr_irq_register_notify(avr_iomem_getirq(avr, tccr3a, NULL, AVR_IOMEM_IRQ_ALL), driveChanged, (void *)&motors[0]);
  avr_irq_register_notify(avr_iomem_getirq(avr, tccr4a, NULL, AVR_IOMEM_IRQ_ALL), driveChanged, (void *)&motors[1]);
}

static void tryStop(void) {
  const Button *stop = &buttons[2];
  runTo(50 * cyclesPerMs);
  hold(stop, 1);
  runTo(60 * cyclesPerMs);
  hold(stop, 0);
  runTo(110 * cyclesPerMs);
  avr_reset(avr);
  avr->data[mcusr] = externalReset;
  connectBoard();
  zero = avr->cycle;
  printf("reset\n");
}

int main(int count, char **words) {
  if (count != 4) return 64;
  makeBoard(words[1]);
  FILE *edges = fopen(words[2], "r");
  if (!edges) return 66;
  tryStop();
  unsigned long long cycle;
  char name[16];
  int isDown;
  while (fscanf(edges, "%llu %15s %d", &cycle, name, &isDown) == 3) {
    runTo(zero + cycle);
    for (const Button *button = buttons; button < buttons + buttonCount; button++)
      if (!strcmp(button->name, name)) hold(button, isDown);
  }
  runTo(zero + strtoull(words[3], NULL, 10));
  return 0;
}
