import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Empty, Page, paths, Section } from '../ui/index.ts';
import { AreaTable } from './area-table.tsx';
import { Tries } from './progress-tries.tsx';
import { save } from './save-file.ts';
import { MOST_ANSWERS, MOST_TRIES, quizAnswers, tries } from './tries.ts';

/** What practice and quiz came to over time, and what is weakest. */
export function ProgressPage(): ReactNode {
  const kept = tries.use();
  const answers = quizAnswers.use();
  const isNothing = kept.length === 0 && answers.length === 0;
  return (
    <Page
      title="Progress"
      lead={`Your own tries and answers, kept in this browser alone: the newest ${MOST_TRIES} tries and ${MOST_ANSWERS.toLocaleString('en')} answers, with times, grades and scores, no text.`}
      actions={!isNothing && <Mine />}
    >
      {isNothing ? (
        <Empty
          title="Nothing is kept yet"
          action={
            <Group>
              <Button renderRoot={(props) => <Link {...props} to={paths.practice} />}>
                Practise
              </Button>
              <Button variant="default" renderRoot={(props) => <Link {...props} to={paths.quiz} />}>
                Quiz
              </Button>
            </Group>
          }
        >
          Practise a prompt, or answer a round of the quiz: each counts here from then on.
        </Empty>
      ) : (
        <Stack gap="md">
          {kept.length > 0 && <Tries kept={kept} />}
          <Section title="Areas of the quiz, the weakest first">
            {answers.length === 0 ? (
              <Text size="sm" c="dimmed">
                You have not answered any question yet.
              </Text>
            ) : (
              <AreaTable />
            )}
          </Section>
        </Stack>
      )}
    </Page>
  );
}

/** What is kept is the person's own: to take away, and to be rid of. */
function Mine(): ReactNode {
  const [isAsked, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() =>
          save(
            'holdfast-progress.json',
            'application/json',
            `${JSON.stringify({ tries: tries.get(), quiz: quizAnswers.get() }, null, 2)}\n`,
          )
        }
      >
        Export
      </Button>
      <Button size="xs" variant="default" onClick={open}>
        Clear
      </Button>
      <Modal opened={isAsked} onClose={close} title="Clear your progress" centered>
        <Stack gap="sm">
          <Text size="sm">
            All tries and answers of this browser are forgotten. Nothing else keeps them: export
            them first, if you want to have them.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              color="red"
              onClick={() => {
                tries.clear();
                quizAnswers.clear();
                close();
                notifications.show({ message: 'Cleared.', color: 'teal' });
              }}
            >
              Clear
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
