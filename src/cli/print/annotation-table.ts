import type { Annotation } from '../../model/annotation.js';
import { describeAnnotationSubject } from '../../model/annotation-subject.js';
import type { SubjectAnnotation } from '../../store/list-annotations.js';
import { formatTable } from './table.js';

/** What is said of each subject, a row each. */
export function formatAnnotationTable(all: readonly SubjectAnnotation[]): string {
  const hasRules = all.some(({ order }) => order !== undefined);
  return formatTable(
    [
      { title: 'Subject', maxWidth: 70 },
      ...(hasRules ? [{ title: 'Order', align: 'right' as const }] : []),
      { title: 'Owner', maxWidth: 32 },
      { title: 'Tags', maxWidth: 48 },
      { title: 'Unused' },
      { title: 'Waived', maxWidth: 60 },
      { title: 'Notes', maxWidth: 60 },
    ],
    all.map(({ annotation, order, subject }) => [
      describeAnnotationSubject(subject),
      ...(hasRules ? [order === undefined ? '' : String(order)] : []),
      annotation.owner ?? '',
      annotation.tags.join(', '),
      annotation.unused === null ? '' : annotation.unused ? 'yes' : 'no',
      describeWaivers(annotation),
      annotation.notes ?? '',
    ]),
  );
}

/** What is said of one subject, for programs. */
export function toAnnotationJson({ annotation, order, subject }: SubjectAnnotation): object {
  return { ...subject, ...(order !== undefined && { order }), ...annotation };
}

function describeWaivers({ waivers }: Annotation): string {
  return waivers.map(({ finding, until }) => `${finding} until ${until.slice(0, 10)}`).join(', ');
}
